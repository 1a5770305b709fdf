"""设置: the settings file of a work folder, passwords from the environment."""

from monitor.settings.loading import (
    FILE,
    Settings,
    default_text,
    load,
    secret,
    shipped_rules,
    user_agent,
)
from monitor.settings.meaning import is_loopback

__all__ = [
    "FILE",
    "Settings",
    "default_text",
    "is_loopback",
    "load",
    "secret",
    "shipped_rules",
    "user_agent",
]
