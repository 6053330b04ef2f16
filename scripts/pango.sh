#!/bin/sh
# Sees that WeasyPrint finds Pango: pango.sh PYTHON PACKAGE... installs the packages if it may, else says how.
set -u
python=$1
shift
"$python" -c 'import weasyprint' >/dev/null 2>&1 && ldconfig -p 2>/dev/null | grep -q libharfbuzz-subset && exit 0
install="apt-get install -y --no-install-recommends $*"
if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        as_root=none
    fi
    if [ "$as_root" != none ]; then
        $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root $install >/dev/null
    fi
fi
"$python" -c 'import weasyprint' >/dev/null 2>&1 && exit 0
echo "Pango is missing. Install it, then run make again: sudo $install"
exit 1
