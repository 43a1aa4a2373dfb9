"""Logs: one JSON object a line, codes and counts only. Nothing that a person said or typed is ever logged."""

import logging
import re
import sys

import structlog

# A handler of Django or a library may put a value into its message (a bad form value, an address). Only its name is kept.
SAFE_KEYS = frozenset(
    {"event", "level", "timestamp", "status", "method", "page", "fault", "kind", "count", "seconds", "step"}
)


# What a code, a count, a time or the name of a page or fault looks like; a sentence or an address does not.
CODE = re.compile(r"[\w.:+-]{0,80}", re.ASCII)


def only_safe_keys(_: object, __: str, event: dict[str, object]) -> dict[str, object]:
    """Drop every key that is not known to be free of personal data, and every value that is more than a code or a number."""
    return {key: value for key, value in event.items() if key in SAFE_KEYS and CODE.fullmatch(str(value))}


class NamesOnly(logging.Handler):
    """Records of libraries as logger name, level and the class of the fault: never their text or arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        structlog.get_logger().log(record.levelno, record.name, fault=fault)


def set_up_logging() -> None:
    """Send everything to standard error as JSON lines."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_safe_keys,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=lambda *_: structlog.PrintLogger(
            sys.stderr
        ),  # where standard error goes now, not at the start
    )
    root = logging.getLogger()
    root.handlers[:] = [NamesOnly()]
    root.setLevel(logging.WARNING)
    # Its debug records hold the whole context of a page: not even whoever lowers the level above may have them.
    logging.getLogger("django.template").setLevel(logging.WARNING)
