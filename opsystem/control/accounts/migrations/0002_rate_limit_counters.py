"""Makes the table in which rate limits are counted, so that a migrated database is a complete one."""

from django.core.management import call_command
from django.db import migrations


def _make(_apps, schema_editor):
    call_command(
        "createcachetable", "rate_limit_counters", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(_make)]
