"""The releases of SQL Server that scripts know, by the major version that a server says it is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAJOR_VERSIONS: Mapping[str, int] = MappingProxyType({"2016": 13, "2017": 14, "2019": 15, "2022": 16})
"""By SERVERPROPERTY('ProductMajorVersion')."""
