"""YAML 文件: a file a person wrote → a tree that knows its places → checked frozen records."""

from monitor.yamlfile.shapes import (
    Code,
    Count,
    Day,
    OneOrMany,
    Text,
    Weight,
    check,
    refuse,
    shape,
)
from monitor.yamlfile.tree import Node, Parsed, dump, parse, read

__all__ = [
    "Code",
    "Count",
    "Day",
    "Node",
    "OneOrMany",
    "Parsed",
    "Text",
    "Weight",
    "check",
    "dump",
    "parse",
    "read",
    "refuse",
    "shape",
]
