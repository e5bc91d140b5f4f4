#!/bin/sh
# Opens the desk; says in a window or a page why it cannot.
here=$(dirname "$(readlink -f "$0")")
python="$here/python/bin/python3"
told="绩效自评没有打开：文件夹 $here 里的 python 不完整，或者不是这种处理器的（$(uname -m)）。多半是没有解压完，或者杀毒软件隔离了文件。请把压缩包全部解压到一个新文件夹，再从那里打开。"
if "$python" -I -c "import encodings, zlib" 2>/dev/null; then
    exec "$python" -I "$here/python/start.py" "$@"
fi
for window in "zenity --warning --no-wrap --text" "kdialog --sorry" "xmessage"; do
    if command -v "${window%% *}" >/dev/null 2>&1 && [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
        $window "$told" && exit 2
    fi
done
page="${TMPDIR:-/tmp}/xlsxeval-start-$$.html"
if printf '<!DOCTYPE html><meta charset=utf-8><h1>绩效自评没有打开</h1><p>%s' "$told" >"$page" 2>/dev/null; then
    command -v xdg-open >/dev/null 2>&1 && xdg-open "$page" >/dev/null 2>&1 && exit 2
fi
echo "$told" >&2
exit 2
