"""Every part of the store can be imported first, by whoever needs that part alone."""

import pkgutil
import subprocess
import sys
from textwrap import dedent

import store

# One process for all: each begins without the store, as a process of its own would.
EACH_FIRST = dedent("""
    import importlib, sys

    for name in sys.argv[1:]:
        for known in [one for one in sys.modules if one.partition(".")[0] == "store"]:
            del sys.modules[known]
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}")
""")


def test_no_part_of_the_store_needs_another_one_imported_before() -> None:
    found = (
        module.name
        for module in pkgutil.walk_packages(store.__path__, "store.")
        if not module.name.startswith("store.migrations.")
    )
    told = subprocess.run(
        [sys.executable, "-c", EACH_FIRST, *found], capture_output=True, text=True, check=True
    )
    assert told.stdout == ""
