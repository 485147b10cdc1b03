"""One file per resource type; each names its `RESOURCE`, which the frame serves."""

import importlib
import pkgutil

from app.facades.fhir.registry import Resource


def _found() -> dict[str, Resource]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {module.RESOURCE.type: module.RESOURCE for module in modules}


TYPES = _found()
