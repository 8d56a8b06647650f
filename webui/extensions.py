"""The extensions the desks stand on, made once and joined to the app later."""

from __future__ import annotations

from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

from coopbook.db.base import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
babel = Babel()
login_manager = LoginManager()
csrf = CSRFProtect()
talisman = Talisman()
compress = Compress()
