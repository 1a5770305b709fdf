from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from twisted.internet.ssl import Certificate

from crawler.certificate import certificate_remarks

NOW = datetime(2026, 11, 20, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())


def certificate(*names: str, issuer: str = "某证书机构", days: tuple[int, int] = (-30, 300)):
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    first, last = (NOW + timedelta(days=number) for number in days)
    built = (
        x509.CertificateBuilder()
        .subject_name(name(names[0]))
        .issuer_name(name(issuer))
        .public_key(KEY.public_key())
        .serial_number(7)
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False
        )
        .sign(KEY, hashes.SHA256())
    )
    return Certificate.loadPEM(built.public_bytes(serialization.Encoding.PEM))


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (certificate("jyj.x.cn"), ()),
        (certificate("x.cn", "*.x.cn"), ()),
        (certificate("jyj.x.cn", days=(-400, -40)), ("2026-10-11过期",)),
        (certificate("jyj.x.cn", days=(5, 300)), ("自2026-11-25起",)),
        (certificate("*.other.cn"), ("不是为jyj.x.cn签发",)),
        (certificate("jyj.x.cn", issuer="jyj.x.cn"), ("自行签发",)),
        (certificate("old.cn", days=(-400, -40)), ("过期", "不是为jyj.x.cn签发")),
    ],
    ids=["good", "a wildcard", "expired", "not yet", "another name", "self-signed", "two at once"],
)
def test_what_is_wrong_with_a_certificate_is_said(shown, words):
    remarks = certificate_remarks(shown, "jyj.x.cn", NOW)

    assert len(remarks) == len(words)
    assert all(word in remark for word, remark in zip(words, remarks, strict=True))
