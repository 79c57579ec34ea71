"""Microsoft's own parser of T-SQL, where its packages are installed; run as a program of its own.

The wheel of mssql-cli (43 MB, 116 MB unpacked) brings Microsoft.SqlServer.SqlParser.dll together with a .NET runtime,
and pythonnet calls into it. `pip install --no-deps mssql-cli` and `pip install pythonnet` are all it takes: the program
mssql-cli itself needs libraries of long ago, and is not used.

Reads a JSON list of scripts, and writes for each the list of its errors.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_FROM_CLR = "Microsoft.SqlServer.Management.SqlParser.Parser"


def folder_of(package: str) -> Path | None:
    """Return where a package is installed; it is not imported."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def is_installed() -> bool:
    """Tell whether the parser is there."""
    return folder_of("mssqlcli") is not None and folder_of("pythonnet") is not None


def errors_of(scripts: list[str]) -> list[list[str]]:
    """Return what the parser finds wrong with each script."""
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(scripts).encode(),
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def _start_runtime(binaries: Path, runtime: Path) -> None:
    """Start the .NET runtime of the wheel in this process, and pythonnet in it."""
    clr = ctypes.CDLL(str(binaries / "libcoreclr.so"))
    assemblies = [*sorted(map(str, binaries.glob("*.dll"))), str(runtime)]
    properties = {
        "TRUSTED_PLATFORM_ASSEMBLIES": ":".join(assemblies),
        "NATIVE_DLL_SEARCH_DIRECTORIES": str(binaries),
        "System.Globalization.Invariant": "true",
    }
    keys = (ctypes.c_char_p * len(properties))(*(key.encode() for key in properties))
    values = (ctypes.c_char_p * len(properties))(*(value.encode() for value in properties.values()))
    host, domain, entry = ctypes.c_void_p(), ctypes.c_uint(), ctypes.c_void_p()
    arguments = (len(properties), keys, values, ctypes.byref(host), ctypes.byref(domain))
    _check(clr.coreclr_initialize(sys.executable.encode(), b"tests", *arguments))
    names = (b"Python.Runtime", b"Python.Runtime.Loader", b"Initialize")
    _check(clr.coreclr_create_delegate(host, domain, *names, ctypes.byref(entry)))
    _check(ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int)(entry.value or 0)(b"", 0))


def _check(result: int) -> None:
    if result:
        raise OSError(f"the .NET runtime says {result & 0xFFFFFFFF:#x}")


def _parser() -> Any:  # noqa: ANN401 - a class of .NET
    service, pythonnet = folder_of("mssqlcli"), folder_of("pythonnet")
    assert service
    assert pythonnet
    _start_runtime(service / "mssqltoolsservice" / "bin", pythonnet / "runtime" / "Python.Runtime.dll")
    importlib.import_module("clr").AddReference("Microsoft.SqlServer.SqlParser")
    return importlib.import_module(_FROM_CLR).Parser


def main() -> None:
    """Parse what stands in the input."""
    parser = _parser()
    results = [
        [f"line {error.Start.LineNumber}: {error.Message}" for error in parser.Parse(text).Errors]
        for text in json.load(sys.stdin)
    ]
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
