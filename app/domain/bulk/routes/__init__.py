"""Imports over HTTP."""

from app.domain.bulk.routes.imports import router

routers = [router]
