"""Where vaults are, and what opens them."""

from __future__ import annotations

import pytest

from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Alarm, Vault
from opsystem.control.hosting.places import (
    business_number_of,
    note_schema,
    open_for_work,
    place_by_row,
    place_by_vault_id,
    place_of,
    reserve_place,
    waker_of,
)
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound
from tests.control.people import new_business, new_person

pytestmark = pytest.mark.usefixtures("control_plane")


def test_a_place_is_found_only_when_its_vault_is_whole() -> None:
    business = new_business(new_person())
    place = reserve_place(business)
    with pytest.raises(NotFound):
        place_of(business.pk)
    open_for_work(place, schema_version="3")
    assert place_of(business.pk) == place
    assert place_by_row(place.row_id) == place
    assert place_by_vault_id(place.vault_id) == place
    assert business_number_of(place.row_id) == business.number
    note_schema(place, "4")
    assert Vault.objects.get(pk=place.row_id).schema_version == "4"


def test_a_business_has_one_vault() -> None:
    business = new_business(new_person())
    reserve_place(business)
    with pytest.raises(Conflict):
        reserve_place(business)


def test_the_directory_is_random_and_under_the_installation() -> None:
    place = reserve_place(new_business(new_person()))
    assert place.path == installation().vaults_dir / place.vault_id
    assert len(place.vault_id) == 32


def test_the_key_is_kept_wrapped_and_not_shown() -> None:
    place = reserve_place(new_business(new_person()))
    assert all(place.key not in path.read_bytes() for path in key_store().files())
    assert place.key.hex() not in repr(place)


def test_a_vault_whose_key_is_not_in_the_key_store_is_not_found() -> None:
    place = reserve_place(new_business(new_person()))
    open_for_work(place, schema_version="1")
    Vault.objects.filter(pk=place.row_id).update(directory="elsewhere")
    with pytest.raises(NotFound):
        place_by_row(place.row_id)


def test_an_open_vault_sets_its_own_alarm() -> None:
    place = reserve_place(new_business(new_person()))
    due = clock.now()
    waker_of(place.row_id)("files", due)
    assert Alarm.objects.get(vault_id=place.row_id, lane="files").due_at == due
    Alarm.objects.all().delete()
