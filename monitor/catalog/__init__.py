"""应公开目录: loading rules.yaml and its layers, checking and comparing them, importing a form."""

from monitor.catalog.form import FormImport, UnreadLimit, import_form
from monitor.catalog.loading import load, load_texts
from monitor.catalog.report import CatalogChange, CatalogReport, Change, check, diff

__all__ = [
    "CatalogChange",
    "CatalogReport",
    "Change",
    "FormImport",
    "UnreadLimit",
    "check",
    "diff",
    "import_form",
    "load",
    "load_texts",
]
