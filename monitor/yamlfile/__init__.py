"""YAML 文件: a file a person wrote → a tree that knows its places → checked frozen records."""

from monitor.yamlfile.shapes import (
    Blank,
    Code,
    Count,
    Day,
    Days,
    OneOrMany,
    Several,
    Text,
    Weight,
    check,
    number,
    refuse,
    shape,
)
from monitor.yamlfile.tree import Node, Parsed, dump, parse, read

__all__ = [
    "Blank",
    "Code",
    "Count",
    "Day",
    "Days",
    "Node",
    "OneOrMany",
    "Parsed",
    "Several",
    "Text",
    "Weight",
    "check",
    "dump",
    "number",
    "parse",
    "read",
    "refuse",
    "shape",
]
