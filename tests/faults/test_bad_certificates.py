"""Bad certificates (NET-21, NET-22): read and told, or refused where the settings say strict.

Real certificates on a real TLS server, made when the test runs.
"""

from __future__ import annotations

import ipaddress
import ssl
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from office import Office, Switchboard, on, switched
from schoolpages import UNIT, home, listing
from siteserver import Reply

from monitor.model import Assessment, Observation, Outcome, Status

NAME = "青禾县第{}小学"
#: the office's own clock in the middle of a good certificate's life
NOW = datetime.combine(on(1), datetime.min.time(), UTC)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is wrong with a server, and the words that tell it; ``opens``: leniently."""

    words: tuple[str, ...] = ()
    days: tuple[int, int] = (-30, 300)
    host: str = "127.0.0.1"
    own: bool = False
    weak: bool = False
    old: bool = False
    opens: bool = True


SHOWN = {
    "NET-21 good": Shown(),
    "NET-21 expired": Shown(days=(-400, -40), words=("2026-09-23过期",)),
    "NET-21 not yet valid": Shown(days=(20, 300), words=("自2026-11-22起",)),
    "NET-21 another name": Shown(host="10.9.8.7", words=("不是为127.0.0.1签发",)),
    "NET-21 self-signed": Shown(own=True, words=("自行签发",)),
    "NET-22 a weak key": Shown(weak=True),
    "NET-22 an old protocol": Shown(old=True, opens=False),
}


def tls(shown: Shown, folder: Path) -> ssl.SSLContext:
    """A server's side with such a certificate."""
    key = (
        rsa.generate_private_key(65537, 1024)
        if shown.weak
        else ec.generate_private_key(ec.SECP256R1())
    )
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "school.test")])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "某证书机构")])
    first, last = (NOW + timedelta(days=number) for number in shown.days)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name if shown.own else issuer)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(shown.host))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.load_cert_chain(file)
    if shown.old:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    return context


@dataclass(frozen=True, kw_only=True)
class Night:
    """One night over all those servers."""

    office: Office
    codes: Mapping[str, str]
    verdicts: Mapping[tuple[str, str], Assessment]
    looks: Mapping[tuple[str, str], Observation]


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


def night(switchboard: Switchboard, place: Path, how: str) -> Night:
    office = Office(place / "科 室", switchboard)
    office.settings["network"] |= {"tls": how, "timeout": 3}
    codes = {name: f"T{number}" for number, name in enumerate(SHOWN)}
    rows = [("2026年收费事项的公示", "/fees/1.html", on(1)), ("收费办法", "/fees/2.html", on(1))]
    for name, code in codes.items():
        unit = NAME.format(code)
        routes = {
            "/": home({"收费信息": "/fees/"}, unit=unit),
            "/fees/": listing("收费信息", rows, unit=unit),
        }
        office.add(code, unit, routes, tls=tls(SHOWN[name], place), fees="/fees/")
    scan = office.night(on(1))
    return Night(office=office, codes=codes, verdicts=office.verdicts(), looks=office.looks(scan))


@pytest.fixture(scope="module")
def lenient(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Night:
    return night(switchboard, tmp_path_factory.mktemp("lenient"), "lenient")


@pytest.fixture(scope="module")
def strict(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Night:
    return night(switchboard, tmp_path_factory.mktemp("strict"), "strict")


@pytest.mark.parametrize("name", SHOWN)
def test_a_bad_certificate_is_told_and_the_page_read(lenient: Night, name: str) -> None:
    shown, code = SHOWN[name], lenient.codes[name]
    look = lenient.looks[code, "fees"]

    assert len(look.remarks) == len(shown.words)
    assert all(word in remark for word, remark in zip(shown.words, look.remarks, strict=True))
    assert look.identity_seen is shown.opens
    assert lenient.verdicts[code, "S-FEES"].status is (Status.OK if shown.opens else Status.UNREACH)


@pytest.mark.parametrize("name", SHOWN)
def test_strictly_no_such_page_is_read(strict: Night, name: str) -> None:
    """Also the good one: it is not signed by anybody this machine knows."""
    code = strict.codes[name]

    expected = Outcome.OLD_TLS if SHOWN[name].old else Outcome.CERTIFICATE
    assert strict.looks[code, "fees"].outcome is expected
    assert strict.verdicts[code, "S-FEES"].status is Status.UNREACH
    assert not strict.office.states(code)


@pytest.mark.parametrize("name", [name for name, shown in SHOWN.items() if shown.words])
def test_the_officer_reads_what_is_wrong(lenient: Night, name: str) -> None:
    told = lenient.office.told(on(1), "explain", lenient.codes[name], "S-FEES")

    assert all(word in told for word in SHOWN[name].words)


@pytest.mark.parametrize("how", ["lenient", "strict"])
def test_an_old_protocol_is_named(how: str, request: pytest.FixtureRequest) -> None:
    """NET-22: the server says nothing when it hangs up; an old handshake shows what it speaks."""
    seen: Night = request.getfixturevalue(how)
    verdict = seen.verdicts[seen.codes["NET-22 an old protocol"], "S-FEES"]

    assert verdict.sentence.startswith("网站仅支持过时的加密协议TLS 1.0，无法建立安全连接")
    assert "不计入问题" in verdict.sentence


def test_nobody_is_asked_for_an_old_protocol_who_speaks_ours(
    switchboard: Switchboard, tmp_path: Path
) -> None:
    """A page that breaks off over a good connection is a page that broke off."""
    office = Office(tmp_path / "科 室", switchboard)
    cut = Reply(body=listing("收费信息", []), cut=100)
    site = office.add("C1", UNIT, {"/fees/": cut}, tls=tls(Shown(), tmp_path), fees="/fees/")

    scan = office.night(on(1))

    assert office.looks(scan)["C1", "fees"].outcome is Outcome.TRUNCATED
    assert site.paths[0] == "/fees/"
