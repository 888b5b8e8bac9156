# Runs Chromium for the gate, and sees to it that nothing is left of it: no process, no folder.
#
# $@ is Chromium with its arguments. The gate holds the other ends of standard input (commands), standard output
# (answers) and standard error (what Chromium prints, and the line that tells whether the gate is alive: it is never
# written to from there, and closes even when the gate is killed). This script leads a process group of its own.

# Whoever ends the gate may mean this as well, and a system hangs up on a group that lost its parent while one of it is
# stopped; but there is still something to do then.
trap '' HUP INT TERM

profile=$(mktemp -d /tmp/gate-browser.XXXXXXXX) || exit 1
# Whatever is stored is stored in there.
export HOME="$profile" TMPDIR="$profile"

# Chromium refuses to run its sandbox as root, and only then may it go without.
if [ "$(id -u)" = 0 ]; then
    set -- "$@" --no-sandbox
fi

# Chromium takes commands from 3 and answers on 4.
exec 3<&0 4>&1 5<&2 </dev/null >/dev/null
"$@" --user-data-dir="$profile" 5<&- &
browser=$!
exec 3<&- 4>&- 2>/dev/null

{
    read -r _ <&5
    kill -KILL "$browser"
} &
watcher=$!

wait "$browser"
kill -KILL "$watcher"
# What Chromium starts apart from itself, for reports of crashes, names the folder as well.
ps -A -o pid=,args= | grep -F -- "=$profile" | while read -r pid _; do kill -KILL "$pid"; done
# Its other processes end on their own when the first has; until then they may still be writing.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf "$profile" && break
    sleep 0.1
done
kill -KILL 0
