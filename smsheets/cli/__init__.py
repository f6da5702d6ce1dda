"""The command line: one thin module per command.

It begins here, before anything else is imported: Ctrl-C is one line at any time, also while modules are loaded.
"""

import sys

STOPPED = "Stopped."


def was_interrupted(error: BaseException | None) -> bool:
    """True for Ctrl-C, and for what an import made of it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _end(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """For `sys.excepthook`."""
    if was_interrupted(error):
        print(STOPPED, file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, error.__traceback__)


def _ask_again(ignored: "sys.UnraisableHookArgs") -> None:
    """For `sys.unraisablehook`: Ctrl-C where no exception can leave, such as in a destructor, is for the next line."""
    if issubclass(ignored.exc_type, KeyboardInterrupt):
        import _thread

        _thread.interrupt_main()
    else:
        sys.__unraisablehook__(ignored)


sys.excepthook, sys.unraisablehook = _end, _ask_again
