"""The parties over HTTP: who you are, and the directory."""

from app.domain.party.routes import directory, me

routers = [me.router, directory.organisation, directory.practitioner, directory.supervision]
