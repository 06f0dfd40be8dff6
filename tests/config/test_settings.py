"""Settings come from the environment only, and what is wrong with them is said at the start, by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsystem.config.environment import SettingsError
from opsystem.config.installation import read_installation, read_with_names
from tests.environment import prepare

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = [
    "OPSYSTEM_SECRET_KEY",
    "OPSYSTEM_DATA_DIR",
    "OPSYSTEM_KEY_FILE",
    "ANTHROPIC_API_KEY",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "MAILGUN_API_KEY",
    "MAILGUN_DOMAIN",
    "MAILGUN_WEBHOOK_SIGNING_KEY",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRETS",
]


def refused(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as stopped:
        read_installation(environment)
    return stopped.value.problems


@pytest.fixture
def complete(tmp_path: Path) -> dict[str, str]:
    return prepare(tmp_path)


def test_a_complete_environment_is_taken(complete: dict[str, str]) -> None:
    told = read_installation(complete)
    assert told.host == "localhost"
    assert not told.is_https
    assert told.database["NAME"] == str(told.data_dir / "control.sqlite3")
    assert told.operator.privacy_contact == "privacy@opsystem.ai"


def test_every_missing_setting_is_named_in_one_message() -> None:
    problems = refused({})
    assert [line.split(":")[0] for line in problems] == REQUIRED


@pytest.mark.parametrize("name", REQUIRED)
def test_one_missing_setting_stops_with_its_name_alone(complete: dict[str, str], name: str) -> None:
    del complete[name]
    problems = refused(complete)
    assert len(problems) == 1
    assert problems[0].startswith(f"{name}: is missing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPSYSTEM_SECRET_KEY", "tiny"),
        ("OPSYSTEM_BASE_URL", "http://app.opsystem.example"),
        ("OPSYSTEM_BASE_URL", "https://app.opsystem.example/path"),
        ("OPSYSTEM_BASE_URL", "app.opsystem.example"),
        ("OPSYSTEM_BASE_URL", "https://app.opsystem.example:70000"),
        ("OPSYSTEM_DATA_DIR", "data"),
        ("OPSYSTEM_DATA_DIR", "/nowhere/at/all"),
        ("OPSYSTEM_STATIC_DIR", "static"),
        ("OPSYSTEM_KEY_FILE", "/nowhere/at/all"),
        ("OPSYSTEM_SLOT_DIRS", "slot"),
        ("OPSYSTEM_SLOT_DIRS", "/nowhere:/nowhere"),
        ("OPSYSTEM_KEYSTORE_DIR", "keystore"),
        ("OPSYSTEM_DATABASE_URL", "mysql://host/name"),
        ("OPSYSTEM_DATABASE_URL", "sqlite://relative"),
        ("OPSYSTEM_DATABASE_URL", "postgresql://host"),
        ("OPSYSTEM_TRUSTED_PROXIES", "many"),
        ("OPSYSTEM_MARKETING_URL", "nowhere"),
        ("ANTHROPIC_BASE_URL", "https://api.anthropic.com.example"),
        ("TWILIO_BASE_URL", "http://api.twilio.com"),
        ("MAILGUN_BASE_URL", "https://api.mailgun.net.example"),
        ("MAILGUN_BASE_URL", "https://user:word@api.mailgun.net"),
    ],
)
def test_a_wrong_setting_stops_with_its_name_and_not_its_value(
    complete: dict[str, str], name: str, value: str
) -> None:
    problems = refused({**complete, name: value})
    assert [line.split(":")[0] for line in problems] == [name]
    assert value not in problems[0]


def test_loopback_vendors_are_refused_unless_allowed(complete: dict[str, str]) -> None:
    del complete["OPSYSTEM_ALLOW_LOOPBACK_VENDORS"]
    names = [line.split(":")[0] for line in refused(complete)]
    assert names == ["ANTHROPIC_BASE_URL", "TWILIO_BASE_URL", "MAILGUN_BASE_URL", "STRIPE_BASE_URL"]


def test_without_addresses_the_vendors_are_the_real_ones(complete: dict[str, str]) -> None:
    for name in ("ANTHROPIC_BASE_URL", "TWILIO_BASE_URL", "MAILGUN_BASE_URL"):
        del complete[name]
    told = read_installation(complete)
    addresses = [told.anthropic.base_url, told.twilio.base_url, told.mailgun.base_url]
    assert addresses == ["https://api.anthropic.com", "https://api.twilio.com", "https://api.mailgun.net"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o777])
def test_a_key_file_open_to_others_is_refused(complete: dict[str, str], mode: int) -> None:
    Path(complete["OPSYSTEM_KEY_FILE"]).chmod(mode)
    assert "OPSYSTEM_KEY_FILE" in refused(complete)[0]


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(complete: dict[str, str], size: int) -> None:
    Path(complete["OPSYSTEM_KEY_FILE"]).write_bytes(b"k" * size)
    assert "OPSYSTEM_KEY_FILE" in refused(complete)[0]


def test_a_key_file_beside_the_vaults_is_refused(complete: dict[str, str]) -> None:
    inside = Path(complete["OPSYSTEM_DATA_DIR"]) / "key"
    inside.touch(mode=0o600)
    inside.write_bytes(b"k" * 32)
    problems = refused({**complete, "OPSYSTEM_KEY_FILE": str(inside)})
    apart = "must lie outside OPSYSTEM_DATA_DIR, apart from what it locks."
    # The slot lies beside the key file, unless it is told otherwise.
    assert problems == [f"OPSYSTEM_KEY_FILE: {apart}", f"OPSYSTEM_SLOT_DIRS: {apart}"]


def test_a_data_directory_open_to_others_is_refused(complete: dict[str, str]) -> None:
    Path(complete["OPSYSTEM_DATA_DIR"]).chmod(0o755)
    assert refused(complete)[0].startswith("OPSYSTEM_DATA_DIR")


def test_a_secret_may_stand_in_a_file(complete: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "mailgun-key"
    file.write_text("from-a-file\n")
    del complete["MAILGUN_API_KEY"]
    told = read_installation({**complete, "MAILGUN_API_KEY_FILE": str(file)})
    assert told.mailgun.api_key == "from-a-file"


def test_a_secret_given_twice_or_in_a_bad_file_is_refused(complete: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.touch()
    assert refused({**complete, "MAILGUN_API_KEY_FILE": str(file)})[0].startswith(
        "MAILGUN_API_KEY: is given twice"
    )
    del complete["MAILGUN_API_KEY"]
    assert refused({**complete, "MAILGUN_API_KEY_FILE": str(file)}) == [
        "MAILGUN_API_KEY_FILE: the file is empty."
    ]
    missing = refused({**complete, "MAILGUN_API_KEY_FILE": str(tmp_path / "missing")})
    assert missing == ["MAILGUN_API_KEY_FILE: the file cannot be read (FileNotFoundError)."]


def test_a_database_elsewhere_is_reached_by_tls_1_3_only(complete: dict[str, str]) -> None:
    far = read_installation(
        {**complete, "OPSYSTEM_DATABASE_URL": "postgresql://ops:pw@db.example:5433/control"}
    )
    assert far.database["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "system",
        "ssl_min_protocol_version": "TLSv1.3",
    }
    near = read_installation({**complete, "OPSYSTEM_DATABASE_URL": "postgresql:///control?"})
    assert near.database["OPTIONS"] == {}


def test_no_secret_shows_when_the_settings_are_printed(complete: dict[str, str]) -> None:
    shown = repr(read_installation(complete))
    secrets = {name: value for name, value in complete.items() if name.endswith(("_KEY", "_TOKEN"))}
    assert [name for name, value in secrets.items() if value in shown] == []


def backed_up(complete: dict[str, str], tmp_path: Path, repository: str) -> dict[str, str]:
    """Add backups to a repository, with the files that hold its secrets."""
    for name in ("password", "s3"):
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_text("a secret")
    return {
        **complete,
        "OPSYSTEM_BACKUP_REPOSITORY": repository,
        "OPSYSTEM_BACKUP_PASSWORD_FILE": str(tmp_path / "password"),
        "OPSYSTEM_BACKUP_S3_FILE": str(tmp_path / "s3"),
    }


def test_without_a_repository_there_are_no_backups(complete: dict[str, str]) -> None:
    assert read_installation(complete).backups is None


@pytest.mark.parametrize(
    "repository", ["/srv/backup", "s3:https://s3.example.com/bucket/here", "s3:http://127.0.0.1:9000/bucket"]
)
def test_backups_go_to_a_directory_or_to_s3_over_tls(
    complete: dict[str, str], tmp_path: Path, repository: str
) -> None:
    plan = read_installation(backed_up(complete, tmp_path, repository)).backups
    assert plan is not None
    assert plan.repository == repository
    assert (plan.directory is None) == repository.startswith("s3:")


@pytest.mark.parametrize(
    "repository",
    ["relative", "s3:http://s3.example.com/bucket", "s3:https://key:secret@s3.example.com/b", "s3:https://host",
     "sftp:host:/x", "rest:https://user:pass@host/"],
)  # fmt: skip
def test_a_repository_that_is_not_safe_to_reach_is_refused_by_name(
    complete: dict[str, str], tmp_path: Path, repository: str
) -> None:
    (problem,) = refused(backed_up(complete, tmp_path, repository))
    assert problem.startswith("OPSYSTEM_BACKUP_REPOSITORY")
    assert "secret" not in problem


def test_backups_never_lie_beside_what_they_keep_and_their_secrets_are_nobody_elses(
    complete: dict[str, str], tmp_path: Path
) -> None:
    inside = backed_up(complete, tmp_path, f"{complete['OPSYSTEM_DATA_DIR']}/backup")
    assert refused(inside)[0].startswith("OPSYSTEM_BACKUP_REPOSITORY: must lie outside")
    open_to_all = backed_up(complete, tmp_path, "/srv/backup")
    (tmp_path / "password").chmod(0o644)
    assert refused(open_to_all)[0].startswith("OPSYSTEM_BACKUP_PASSWORD_FILE: others may read")


def test_the_example_names_every_setting_once_and_no_other(complete: dict[str, str]) -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = [line.partition("=")[0] for line in lines if re.match(r"[A-Z]", line)]
    assert sorted(named) == sorted(read_with_names(complete)[1])


def test_a_systemd_credential_serves_as_the_key_file(complete: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    credential = folder / "opsystem-key"
    credential.touch(mode=0o400)
    credential.chmod(0o600)
    credential.write_bytes(b"c" * 32)
    del complete["OPSYSTEM_KEY_FILE"]
    given = {**complete, "CREDENTIALS_DIRECTORY": str(folder)}
    assert refused(given)[0].startswith("OPSYSTEM_SLOT_DIRS: is missing")
    told = read_installation({**given, "OPSYSTEM_SLOT_DIRS": str(tmp_path / "slot")})
    assert [(slot.directory, slot.root) for slot in told.slots] == [(tmp_path / "slot", b"c" * 32)]
    assert "cccc" not in repr(told)


def test_several_slots_have_one_key_file_or_one_each(complete: dict[str, str], tmp_path: Path) -> None:
    slots = f"{tmp_path}/slot-1:{tmp_path}/slot-2"
    one = read_installation({**complete, "OPSYSTEM_SLOT_DIRS": slots})
    assert [slot.directory.name for slot in one.slots] == ["slot-1", "slot-2"]
    assert one.slots[0].root == one.slots[1].root
    second = tmp_path / "keys" / "second"
    second.touch(mode=0o600)
    second.write_bytes(b"2" * 32)
    files = f"{complete['OPSYSTEM_KEY_FILE']}:{second}"
    each = read_installation({**complete, "OPSYSTEM_SLOT_DIRS": slots, "OPSYSTEM_KEY_FILE": files})
    assert each.slots[1].root == b"2" * 32 != each.slots[0].root
    wrong = {**complete, "OPSYSTEM_SLOT_DIRS": f"{slots}:{tmp_path}/slot-3", "OPSYSTEM_KEY_FILE": files}
    assert refused(wrong)[0].startswith("OPSYSTEM_KEY_FILE: must name one file")


def test_a_slot_open_to_others_or_beside_the_vaults_is_refused(
    complete: dict[str, str], tmp_path: Path
) -> None:
    slot = tmp_path / "slot"
    slot.mkdir(mode=0o755)
    assert refused({**complete, "OPSYSTEM_SLOT_DIRS": str(slot)})[0].startswith("OPSYSTEM_SLOT_DIRS")
    inside = f"{complete['OPSYSTEM_DATA_DIR']}/slot"
    assert refused({**complete, "OPSYSTEM_SLOT_DIRS": inside})[0].startswith("OPSYSTEM_SLOT_DIRS")
