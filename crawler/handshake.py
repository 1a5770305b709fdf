"""过时的加密协议: what a server speaks that hangs up when it is asked for a safe one.

A failed handshake does not say what the other side would have spoken; only an old one shows it.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Final

#: given up in 2021 (RFC 8996), by OpenSSL's names
_OLD: Final = {"SSLv3": "SSL 3.0", "TLSv1": "TLS 1.0", "TLSv1.1": "TLS 1.1"}


async def old_protocol(address: str, port: int, host: str, *, seconds: float) -> str:
    """The protocol of the server at ``address``, if it is one nobody should speak; else "".

    Hands are shaken and nothing is asked for, so whose certificate it is does not matter.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")  # the signatures of old protocols are refused above it
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(
                address, port, ssl=context, server_hostname=host
            )
    except (OSError, ValueError):  # the second: a name that cannot stand in a handshake
        return ""
    spoken: ssl.SSLObject = writer.get_extra_info("ssl_object")
    writer.close()
    return _OLD.get(spoken.version() or "", "")
