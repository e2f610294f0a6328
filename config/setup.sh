#!/usr/bin/env bash
# The two steps of `make setup`, run from the root of the project:
#   setup.sh environment PYTHON   makes .venv anew from the hashed lock
#   setup.sh package              puts the project, and the settings of its kernels and of JupyterLab, into .venv
set -euo pipefail

pip() {
    .venv/bin/python -m pip --quiet --quiet --disable-pip-version-check install --no-deps "$@"
}

locked() { # the lock's own lines for one package, so that even the installer is pinned and hashed
    awk -v name="$1" '/^[a-z]/ { wanted = index($0, name "==") == 1 } wanted' requirements.txt > ".cache/locked-$1.txt"
    echo ".cache/locked-$1.txt"
}

use_pip_mirror() { # uv reads no settings of pip; a mirror named there is meant for it too
    local mirror=${PIP_INDEX_URL:-}
    [[ -n $mirror ]] || mirror=$(.venv/bin/python -m pip config get global.index-url 2> /dev/null || true)
    if [[ -n $mirror ]]; then export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$mirror}; fi
}

make_environment() {
    local python=$1
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "setup: weijian needs Python 3.11 or later; $python is $("$python" --version 2>&1). Name another: make setup PYTHON=python3.12" >&2
        exit 1
    }
    echo "setup: making .venv from requirements.txt (about half a minute)"
    mkdir -p .cache
    "$python" -m venv --clear .venv

    # jieba comes as source: it is built with the locked setuptools of the environment, not with whatever is newest today.
    pip --require-hashes -r "$(locked setuptools)"
    use_pip_mirror
    if ! { pip --require-hashes -r "$(locked uv)" && .venv/bin/uv pip sync --quiet --system-certs --require-hashes --no-build-isolation requirements.txt; }; then
        echo "setup: uv cannot be used here; pip takes about two minutes"
        pip --require-hashes --no-build-isolation --use-pep517 -r requirements.txt
    fi

    # jieba's old escapes warn when they are compiled, and the warning would end up in a notebook: compile them here, silently.
    .venv/bin/python -W ignore -m compileall -q "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/jieba"
}

install_package() {
    .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --offline --editable . ||
        pip --no-build-isolation --no-index --editable .
    mkdir -p .venv/etc/ipython .venv/etc/jupyter .venv/share/jupyter/lab/settings
    cp config/ipython_kernel_config.py .venv/etc/ipython/
    cp config/jupyter_lab_config.py .venv/etc/jupyter/
    cp config/lab_overrides.json .venv/share/jupyter/lab/settings/overrides.json
}

# uv then takes the environment beside it, whichever other one is active.
export VIRTUAL_ENV=$PWD/.venv

case ${1:-} in
    environment) make_environment "${2:-python3}" ;;
    package) install_package ;;
    *) echo "usage: setup.sh environment PYTHON | setup.sh package" >&2; exit 2 ;;
esac
