"""证书: what is wrong with a site's certificate, as remarks. Pure.

Scrapy does not verify certificates unless told to, and a bad one does not stop reading: public
pages of many schools are behind one. So it is looked at here, and said. The only file that imports
cryptography.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from cryptography import x509
from twisted.internet.ssl import Certificate

from monitor.wording import SiteRemark


def certificate_remarks(certificate: Certificate, host: str, at: datetime) -> tuple[str, ...]:
    """Return what is wrong with the certificate that ``host`` showed, empty if nothing is."""
    pem: bytes = certificate.dumpPEM()  # type: ignore[no-untyped-call]  # Twisted's
    return _remarks(pem, host, at.replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=256)
def _remarks(pem: bytes, host: str, at: datetime) -> tuple[str, ...]:
    shown = x509.load_pem_x509_certificate(pem)
    found = []
    if shown.not_valid_after_utc < at:
        found.append(SiteRemark.CERTIFICATE_EXPIRED.tell(day=shown.not_valid_after_utc.date()))
    if shown.not_valid_before_utc > at:
        found.append(SiteRemark.CERTIFICATE_EARLY.tell(day=shown.not_valid_before_utc.date()))
    if not any(_covers(name, host) for name in _names(shown)):
        found.append(SiteRemark.CERTIFICATE_NAME.tell(host=host))
    if shown.issuer == shown.subject:
        found.append(SiteRemark.CERTIFICATE_SELF_SIGNED.tell())
    return tuple(found)


def _names(shown: x509.Certificate) -> list[str]:
    try:
        names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    hosts = names.get_values_for_type(x509.DNSName)
    return [*hosts, *(str(ip) for ip in names.get_values_for_type(x509.IPAddress))]


def _covers(name: str, host: str) -> bool:
    """Whether a certificate's name stands for a host; ``*`` is one label.

    >>> _covers("*.x.cn", "jyj.x.cn"), _covers("*.x.cn", "a.jyj.x.cn")
    (True, False)
    """
    name = name.lower()
    return name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:])
