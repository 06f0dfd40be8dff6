"""Settings for the type checker, which reads them where nobody has set an environment."""

import os
import tempfile
from pathlib import Path

from tests.environment import prepare

os.environ.update(prepare(Path(tempfile.mkdtemp(prefix="opsystem-types-"))))

from opsystem.config.settings import *  # noqa: F403
