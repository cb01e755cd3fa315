"""The errors that end a run on a cluster."""

from kpicli.base.errors import InputError, SettingsError, UsageError
from kpicli.base.wording import Text


def no_workers() -> UsageError:
    """Return the error for a cluster that nobody works in."""
    return UsageError(
        Text("クラスターにワーカーがいません", "the cluster has no workers"),
        Text("dask worker を起動してください", "start some: dask worker tcp://host:port"),
    )


def other_version(where: str, version: str, expected: str) -> SettingsError:
    """Return the error for a machine with another kpicli, which might count otherwise."""
    return SettingsError(
        Text(
            f"クラスターの kpicli の版が違います({where}: {version}、このマシン: {expected})",
            f"the cluster has another kpicli ({where}: {version}, this machine: {expected})",
        ),
        Text(
            "すべてのマシンに同じ版の kpicli[dask] を入れてください",
            "install the same version of kpicli[dask] on every machine",
        ),
    )


def unreadable_on_worker(error: InputError) -> InputError:
    """Return the error for a file that this machine can read and a worker cannot."""
    message = error.message
    return InputError(
        Text(f"ワーカーで読めません: {message.ja}", f"a worker cannot read it: {message.en}"),
        Text(
            "このマシンでは読めます。ファイルは、どのワーカーからも同じパスで見える場所に置いてください",
            "this machine can: put the files where every worker sees them under the same path",
        ),
    )


def kills_workers() -> InputError:
    """Return the error for a task of which several workers have died."""
    return InputError(
        Text(
            "同じ作業でワーカーが何度も止まりました",
            "one task has ended several workers",
        ),
        Text(
            "ワーカーのメモリを増やしてください(dask worker --memory-limit)",
            "give the workers more memory (dask worker --memory-limit)",
        ),
    )


def connection_lost() -> InputError:
    """Return the error for a scheduler that answers no more."""
    return InputError(
        Text("スケジューラーとの接続が切れました", "the connection to the scheduler is lost"),
        Text("スケジューラーを起動して、もう一度実行してください", "start it, and run again"),
    )
