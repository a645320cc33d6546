"""`usher users photo`: the picture of a person, in and out of files."""

from pathlib import Path

import click

from store import photos
from store.values import Photo
from store.wording import _
from tui.cli import output, suggesting
from tui.cli.export import told_of_yes
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request
from tui.moments import grouped


@click.command(
    "photo",
    cls=Verb,
    takes=(*WRITES, "yes"),
    short_help=_("Show whether there is a photo, set, remove or save it."),
    help=_(
        "Say what photo there is of a person. --file sets one from a PNG, JPEG or WebP of 20 MB "
        "and 50 million pixels at most: upright, shrunk to 64 KB, and without what else stands "
        "in the file. --save writes it to a file, in place of another one only with --yes."
    ),
    example=(
        "usher users photo oksana --file oksana.png\n"
        "usher users photo oksana --save oksana.jpg\n"
        "usher users photo oksana --remove"
    ),
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@click.option("--file", "source", type=click.Path(path_type=Path), help=_("Set this picture."))
@click.option("--save", "to", type=click.Path(path_type=Path), help=_("Write it to this file."))
@click.option("--remove", is_flag=True, help=_("Take the photo out."))
@with_request
def photo_of_user(
    request: Request, who: str, source: Path | None, to: Path | None, remove: bool
) -> None:
    if sum((source is not None, to is not None, remove)) > 1:
        raise click.UsageError(_("Give one of --file, --save and --remove."))
    if source is not None:
        request.act(
            lambda session: photos.put(session, who, source),
            lambda _session, photo: _tell(request, photo, _("Set: {what}")),
        )
    elif remove:
        request.act(
            lambda session: photos.remove(session, who),
            lambda _session, photo: _tell(request, photo, _("Taken out: {what}")),
        )
    else:
        _look(request, who, to)


def _look(request: Request, who: str, to: Path | None) -> None:
    for flag, given in (("--dry-run", request.dry_run), ("--reason", "reason" in request.given)):
        if given:
            raise click.UsageError(
                _("{flag} does nothing without --file or --remove.").format(flag=flag)
            )
    with request.session() as session:
        if to is None:
            _tell(request, photos.show(session, who), "{what}")
            return
        with told_of_yes():
            photo = photos.save(session, who, to, replace=bool(request.given.get("yes")))
    _tell(request, photo, _("Written: {what}"))


def _tell(request: Request, photo: Photo | None, sentence: str) -> None:
    if request.json:
        output.put_json({"photo": photo.as_json() if photo else None})
    elif photo is None:
        output.say(_("There is no photo. Set one with --file PICTURE."))
    else:
        what = _("{width}×{height} pixels, {bytes} bytes").format(
            width=photo.width, height=photo.height, bytes=grouped(len(photo.picture))
        )
        output.say(sentence.format(what=what))
