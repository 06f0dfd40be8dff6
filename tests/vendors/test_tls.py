"""Promise P4.3 on the wire: TLS 1.3 or nothing, one address, and nobody in between."""

from __future__ import annotations

import ssl

import pytest

from opsystem.kit.errors import Invalid
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.tls import checked_address
from tests.vendors.calls import ONE_OF_EACH, SAMPLES, Sample, anthropic, mailgun, twilio
from tests.vendors.certificates import Authority
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import Answer, closed_port, deaf_listener, running

each = pytest.mark.parametrize("sample", SAMPLES, ids=str)
one_of_each = pytest.mark.parametrize("sample", ONE_OF_EACH, ids=str)


@each
def test_a_server_with_tls_1_3_is_spoken_to(
    sample: Sample, authority: Authority, ledger: KeepingLedger
) -> None:
    with running(sample.success, context=authority.server()) as server:
        sample.make(server.url, ledger, authority.file)
        assert len(server.received) == 1


@each
def test_a_server_with_tls_1_2_only_gets_nothing(
    sample: Sample, authority: Authority, ledger: KeepingLedger
) -> None:
    old = authority.server(newest=ssl.TLSVersion.TLSv1_2)
    with running(sample.success, context=old) as server:
        with pytest.raises(GatewayError) as caught:
            sample.make(server.url, ledger, authority.file)
        assert server.received == []
    assert caught.value.trouble is Trouble.INSECURE
    assert caught.value.certainty is Certainty.NOT_SENT
    assert "PROTOCOL_VERSION" in caught.value.vendor_code


@one_of_each
def test_an_unknown_authority_is_not_trusted(
    sample: Sample, authority: Authority, ledger: KeepingLedger
) -> None:
    with running(sample.success, context=authority.server()) as server:
        with pytest.raises(GatewayError) as caught:
            sample.make(server.url, ledger, None)
        assert server.received == []
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.INSECURE, Certainty.NOT_SENT)


@one_of_each
def test_a_certificate_for_another_name_is_not_trusted(
    sample: Sample, authority: Authority, ledger: KeepingLedger
) -> None:
    with running(sample.success, context=authority.server("192.0.2.7")) as server:
        with pytest.raises(GatewayError) as caught:
            sample.make(server.url, ledger, authority.file)
        assert server.received == []
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.INSECURE, Certainty.NOT_SENT)


@one_of_each
def test_a_handshake_that_never_ends_sends_nothing(sample: Sample, ledger: KeepingLedger) -> None:
    with deaf_listener() as url, pytest.raises(GatewayError) as caught:
        sample.make(url, ledger, None)
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.UNREACHABLE, Certainty.NOT_SENT)


@one_of_each
def test_nobody_listening_means_not_sent(sample: Sample, ledger: KeepingLedger) -> None:
    with pytest.raises(GatewayError) as caught:
        sample.make(closed_port(), ledger, None)
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.UNREACHABLE, Certainty.NOT_SENT)
    assert caught.value.retryable


@each
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(sample: Sample, status: int, ledger: KeepingLedger) -> None:
    with (
        running(sample.success) as elsewhere,
        running(Answer(status, {"Location": elsewhere.url + "/v1"})) as server,
    ):
        with pytest.raises(GatewayError) as caught:
            sample.make(server.url, ledger, None)
        assert len(server.received) == 1
        assert elsewhere.received == []
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.REDIRECTED, Certainty.REFUSED)


@each
def test_proxies_and_bundles_of_the_environment_are_not_used(
    sample: Sample, ledger: KeepingLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Answer(502)) as proxy, running(sample.success) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
            monkeypatch.setenv(name.lower(), proxy.url)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
        monkeypatch.setenv("CURL_CA_BUNDLE", "/nowhere.pem")
        sample.make(server.url, ledger, None)
        assert len(server.received) == 1
        assert proxy.received == []


@pytest.mark.parametrize(
    "address",
    [
        "http://api.twilio.com",
        "http://192.168.1.4:8000",
        "http://10.0.0.1",
        "http://169.254.169.254",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://localhost.example.com",
        "https://user:word@api.twilio.com",
        "https://",
        "https://api.twilio.com?to=me",
        "https://api.twilio.com#here",
        "ftp://api.twilio.com",
        "file:///etc/passwd",
        "api.twilio.com",
        "",
    ],
)
@pytest.mark.parametrize("config", [twilio, mailgun, anthropic])
def test_an_unsafe_address_is_refused_when_the_config_is_made(config: type, address: str) -> None:
    with pytest.raises(Invalid):
        config(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080/mail"])
def test_plain_http_on_this_machine_needs_leave(address: str) -> None:
    with pytest.raises(Invalid):
        checked_address(address, allow_loopback=False)
    assert checked_address(address + "/", allow_loopback=True) == address


def test_https_needs_no_leave() -> None:
    assert (
        checked_address("https://api.eu.mailgun.net/", allow_loopback=False) == "https://api.eu.mailgun.net"
    )
