"""Reads the statements in corpus/: files named <dialect>.<origin>.sql, statements parted by lines of `;;`."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "corpus"
_BETWEEN = "\n;;\n"


def origins(dialect: str) -> list[str]:
    """Return where there are statements of a dialect from."""
    return sorted(path.name.split(".")[1] for path in _FOLDER.glob(f"{dialect}.*.sql"))


def read(dialect: str, origin: str) -> list[str]:
    """Return the statements of a dialect that come from one place."""
    return (_FOLDER / f"{dialect}.{origin}.sql").read_bytes().decode().removesuffix("\n").split(_BETWEEN)


def write(dialect: str, origin: str, statements: list[str]) -> None:
    """Write a file of the corpus anew."""
    (_FOLDER / f"{dialect}.{origin}.sql").write_bytes((_BETWEEN.join(statements) + "\n").encode())
