"""The grid of permissions: a cell for each, found by the arrows, whole on a small screen."""

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from store.access import catalogue
from store.values import Module
from tests.tui.driving import LARGE, SMALL, drive, text_of
from tui.widgets.permission_grid import Mark, PermissionGrid

MODULES = tuple(
    Module(name, actions, admin_only=name in catalogue.ADMIN_ONLY, built_in=True)
    for name, actions in catalogue.MODULES.items()
)
NO, YES = Mark("[ ]"), Mark("[✓]")
MARKS = {permission: NO for module in MODULES for permission in module.permissions}


class GridApp(App[None]):
    """A grid, and every cell that the cursor came to."""

    CSS = "Screen { layers: base; scrollbar-size: 0 0; } PermissionGrid { height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, modules: tuple[Module, ...] = MODULES) -> None:
        super().__init__()
        self.grid, self.modules = PermissionGrid(3), modules
        self.met: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        marks = {permission: NO for one in self.modules for permission in one.permissions}
        self.grid.show(self.modules, marks)
        self.grid.focus()

    def on_permission_grid_moved(self, event: PermissionGrid.Moved) -> None:
        self.met.append(event.permission)


def shown(app: GridApp, *keys: str, size: tuple[int, int] = SMALL) -> list[str]:
    """The lines of the screen after these keys."""
    texts: list[str] = []

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        texts.append(text_of(app))

    drive(app, steps, size)
    return texts[0].split("\n")


def test_all_that_an_account_begins_with_is_seen_at_once() -> None:
    lines = shown(GridApp())
    assert lines[0].split() == ["view", "create", "edit", "delete"]
    assert lines[1] == " clients        ▸[ ]     [ ]     [ ]     [ ]"
    assert lines[7] == " simulator       [ ] use"
    assert lines[8].endswith("[ ]     admins only")
    assert len([line for line in lines if line]) == 1 + len(MODULES) + 5
    assert lines[11].split("[ ]")[1:] == [
        " rights      ",
        " confirm     ",
        " block       ",
        " unblock",
    ]


def test_the_arrows_come_to_every_cell() -> None:
    app = GridApp()
    keys = [*(("right",) * 3 + ("left",) * 3 + ("down",)) * 20, *("right",) * 3]
    shown(app, *keys)
    assert set(app.met) == set(MARKS)


def test_going_down_keeps_the_column_where_a_line_has_it() -> None:
    app = GridApp()
    shown(app, "right", "right", "j", "j", "j", "j", "j", "j", "j")
    assert app.met == [
        "clients.create", "clients.edit", "opportunities.edit", "tasks.edit", "offers.edit",
        "chats.edit", "reports.edit", "simulator.use", "pricing.edit",
    ]  # fmt: skip


def test_another_width_leaves_the_cursor_on_its_permission() -> None:
    app = GridApp()

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("G", *("right",) * 3)
        before = app.grid.current
        for size in (LARGE, (60, 16), SMALL):
            await pilot.resize_terminal(*size)
            assert app.grid.current == before

    drive(app, steps)


def test_another_mark_stands_in_its_cell() -> None:
    app = GridApp()

    async def steps(pilot: Pilot[None]) -> None:
        app.grid.put({**MARKS, "clients.edit": YES, "users.export": Mark("✓", "allowed")})
        await pilot.pause()
        lines = text_of(app).split("\n")
        assert lines[1] == " clients        ▸[ ]     [ ]     [✓]     [ ]"
        assert any("✓ export" in line for line in lines)

    drive(app, steps)


def test_more_modules_than_lines_are_scrolled_through() -> None:
    own = tuple(Module(f"module_{number}_of_the_platform", ("view",)) for number in range(60))
    app = GridApp((*MODULES, *own))
    lines = shown(app, "G", size=(60, 16))
    assert lines[-1] == " module_59_of_… ▸[ ]"
    assert lines[0].split() == ["view", "create", "edit", "delete"]
    assert app.met == ["module_59_of_the_platform.view"]
    assert shown(GridApp((*MODULES, *own)), "G", "g")[1].startswith(" clients        ▸")


def test_no_module_is_no_line() -> None:
    app = GridApp(())
    assert not any(shown(app, "down", "right", "G")[1:])
    assert app.grid.current is None
