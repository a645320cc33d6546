"""All benchmarks, one after the other: `make bench`. Each prints its baseline and the ratio."""

from bench import (
    exporting,
    importing,
    leaving,
    line,
    listing,
    mail,
    records,
    rights,
    ssh,
    startup,
)

if __name__ == "__main__":
    for bench in (
        startup, line, ssh, listing, records, mail, rights, importing, exporting, leaving,
    ):  # fmt: skip
        print(f"\n== {bench.__doc__.splitlines()[0]}")  # type: ignore[union-attr]
        bench.main()
