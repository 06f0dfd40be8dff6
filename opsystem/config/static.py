"""Static files: named by their content, compressed once, cached for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also renames what JavaScript modules import from one another."""

    support_js_module_import_aggregation = True
