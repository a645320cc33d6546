"""Every part of the store can be imported first, by whoever needs that part alone."""

import pkgutil
import subprocess
import sys
from textwrap import dedent

import store

# What `import store` brings is there before any part of it, and from there each begins anew; what
# the store needs of others stays.
EACH_FIRST = dedent("""
    import importlib, os, sys

    for name in sys.argv[1:]:
        importlib.import_module(name)
    for known in [one for one in sys.modules if one.partition(".")[0] == "store"]:
        del sys.modules[known]
    import store

    for name in sys.argv[1:]:
        if child := os.fork():
            os.waitpid(child, 0)
            continue
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}", flush=True)
        os._exit(0)
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
