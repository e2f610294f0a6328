"""weijian reads the yearly reports of Chinese health commissions into rows that lead back to their sentences.

>>> import weijian
>>> weijian.extract("全市家庭医生签约率超过43%。")[0]["indicator"]
'fd_sign_rate'
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["add", "extract", "load", "read", "report"]
_HOMES = {
    "add": "weijian.adding", "extract": "weijian.reading", "load": "weijian.corpus",
    "read": "weijian.reading", "report": "weijian.reporting",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import weijian`` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'weijian' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
