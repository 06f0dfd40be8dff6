"""Lets the database itself keep security events as they are.

An event may only lose its address and browser (they are kept 90 days), and go when it is nearly seven years
old (promise P5.3). A trigger, because what a mistake cannot do is worth more than a rule.
"""

from django.db import migrations

_YOUNG_SQLITE = "OLD.at > datetime('now', '-2500 days')"
_YOUNG_POSTGRESQL = "OLD.at > now() - interval '2500 days'"
_KEPT = (
    "id", "at", "actor_id", "business_id", "action", "object_id", "field_names", "result", "request_id",
)  # fmt: skip

_SQLITE = [
    f"""
    CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event WHEN {_YOUNG_SQLITE}
    BEGIN SELECT RAISE(ABORT, 'security events are kept'); END
    """,
    f"""
    CREATE TRIGGER audit_event_as_it_was BEFORE UPDATE ON audit_event
    WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _KEPT)}
      OR NOT (NEW.ip IS NULL AND NEW.user_agent = '')
    BEGIN SELECT RAISE(ABORT, 'security events are not changed'); END
    """,
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION audit_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF {_YOUNG_POSTGRESQL} THEN RAISE EXCEPTION 'security events are kept'; END IF;
        RETURN OLD;
      END IF;
      IF ({", ".join(f"NEW.{name}" for name in _KEPT)}) IS DISTINCT FROM
         ({", ".join(f"OLD.{name}" for name in _KEPT)})
         OR NEW.ip IS NOT NULL OR NEW.user_agent <> '' THEN
        RAISE EXCEPTION 'security events are not changed';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_event_guard BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_guard()
    """,
]


def _guard(_apps, schema_editor):
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(_guard)]
