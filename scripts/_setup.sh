# Sourced by the scripts beside it: a Python, the virtual environment .venv, and what is installed into it.
# Nothing is written outside the checkout.

say() { printf '\n\033[1m==> %s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n==> %s\n' "$*"; }

fail() { # problem, remedy
    trap - ERR
    printf '\n%s: %s\n%s\n' "${0##*/}" "$1" "$2" >&2
    exit 1
}

stop_with() { # remedy: said if the commands that follow fail
    remedy=$1
}
remedy="Read the message above, then run the same command again."
trap 'fail "stopped: \"$BASH_COMMAND\" failed." "$remedy"' ERR

# The first Python that can make a virtual environment; a name that only stands for one (a shim) does not count.
find_python() {
    local name lacking=""
    for name in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3 python; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            python=$name
            return
        fi
        lacking=${lacking:-$name}
    done
    if [ -n "$lacking" ]; then
        fail "$lacking cannot make virtual environments: its module venv or ensurepip is missing." \
            "Install it (Debian, Ubuntu: apt-get install python3-venv; Fedora ships it with python3) and run this again."
    fi
    fail "no Python 3.11 or newer was found." \
        "Install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python; Windows: use WSL), or name it: PYTHON=/path/to/python3 $0"
}

# make_environment WHAT: .venv with `pip install -e WHAT` in the versions of constraints.txt; nothing to do when that was done before.
make_environment() {
    local what=$1 stamp mark
    if ! { .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' && .venv/bin/python -m pip --version; } >/dev/null 2>&1; then
        find_python
        say "Making .venv with $("$python" --version)"
        stop_with "Check that the folder may be written to and the disk is not full; if .venv is broken, delete it."
        "$python" -m venv --clear .venv
    fi
    stamp=".venv/.installed-${what//[^a-z]/}"
    # another place, another Python, other dependencies: install anew
    mark=$(.venv/bin/python -c 'import hashlib, os, pathlib, sys
print(os.getcwd(), sys.version, *(hashlib.sha256(pathlib.Path(p).read_bytes()).hexdigest() for p in ("pyproject.toml", "constraints.txt")))')
    if [ "$(cat "$stamp" 2>/dev/null || true)" = "$mark" ]; then
        return
    fi
    say "Installing $what into .venv (versions: constraints.txt)"
    stop_with "Check the network: pip asks the package index it is configured for (pip config list; PIP_INDEX_URL, PIP_FIND_LINKS)."
    rm -f "$stamp"
    install setuptools
    install --no-build-isolation -e "$what"
    printf '%s\n' "$mark" >"$stamp"
}

install() {
    .venv/bin/python -m pip install --quiet --no-input --no-cache-dir --disable-pip-version-check -c constraints.txt "$@"
}
