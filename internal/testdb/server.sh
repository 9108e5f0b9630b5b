#!/bin/sh
# A throwaway database server that lives as long as its standard input.
#
#	sh server.sh postgres
#	sh server.sh mysql
#	sh server.sh pgbouncer MODE SOCKETS PORT
#
# makes a folder, and a server in it, from what is installed, prints the DSN of
# its administrator on one line, and waits for the end of its standard input.
# Then it ends the server and removes the folder. Whoever holds the other end
# of the pipe may so be killed in any way and leaves nothing behind.
#
# Exit status: 0 it has served, 1 it could not start, 3 nothing is installed.
set -u
export LC_ALL=C

kind=$1
dir=
pid=

say() { echo "$*" >&2; }

finish() {
	status=$?
	trap '' INT TERM HUP
	if [ -n "$pid" ]; then
		# What it holds is thrown away, so it need not be written first.
		kill "-$stop" "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	fi
	cd /
	[ -z "$dir" ] || rm -rf "$dir"
	exit "$status"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP
# A reader that is gone must not end this script before it has cleaned up.
trap '' PIPE

# Database packages install into folders that are on nobody's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
newest=$(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | grep -v '\*' | sort -V | tail -n 1)
PATH=$PATH${newest:+:$newest}

need() {
	for command; do
		if ! command -v "$command" >/dev/null; then
			say "$command is not installed; install $package, for example with: apt-get install $package"
			exit 3
		fi
	done
}

case $kind in
postgres)
	package=postgresql
	need initdb postgres
	users='postgres nobody'
	stop=QUIT # at once, but freeing shared memory
	;;
mysql)
	package=mariadb-server
	need mariadb-install-db mariadbd
	users='mysql nobody'
	stop=KILL
	;;
pgbouncer)
	package=pgbouncer
	need pgbouncer
	users='postgres nobody'
	stop=TERM
	;;
*)
	say "no database is called \"$kind\"; use postgres or mysql"
	exit 1
	;;
esac

# Database servers refuse to run as root.
user=
if [ "$(id -u)" = 0 ]; then
	package=util-linux
	need setpriv
	for user in $users; do
		! id "$user" >/dev/null 2>&1 || break
	done
fi

as() {
	if [ -n "$user" ]; then
		set -- setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups -- "$@"
	fi
	exec "$@"
}

# A folder in memory, where a new PostgreSQL database of three hundred files
# takes 20 ms and not 300, if there is room for some hundred databases.
memory=
if [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -gt 2000000 ] 2>/dev/null; then
	memory=/dev/shm
fi
# The folder has to be one that the user can reach, with a path that leaves
# room for the name of a socket (107 bytes on Linux, 103 on macOS).
for parent in $memory "${TMPDIR:-/tmp}" /tmp; do
	dir=$(mktemp -d "${parent%/}/limbeck-$kind-XXXXXX" 2>/dev/null) || continue
	[ -z "$user" ] || chown "$user" "$dir"
	if [ "${#dir}" -le 80 ] && (as test -w "$dir"); then
		break
	fi
	rmdir "$dir"
	dir=
done
if [ -z "$dir" ]; then
	say "no folder for the server: neither ${TMPDIR:-/tmp} nor /tmp can be reached by ${user:-this user}"
	exit 1
fi
cd "$dir" || exit 1
export TMPDIR="$dir" # the user may not be able to reach the old one

fail() {
	say "$1:"
	tail -n 40 log >&2
	exit 1
}

case $kind in
postgres)
	(as initdb --pgdata="$dir/data" --username=postgres --auth=trust \
		--encoding=UTF8 --locale=C --no-sync) >log 2>&1 </dev/null ||
		fail 'initdb failed'
	(as postgres -D "$dir/data" -k "$dir" -c listen_addresses= \
		-c timezone=UTC -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
		-c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c jit=off \
		-c shared_buffers=32MB) >>log 2>&1 </dev/null &
	dsn="host=$dir user=postgres dbname=postgres sslmode=disable"
	;;
mysql)
	(as mariadb-install-db --no-defaults --datadir="$dir/data" \
		--auth-root-authentication-method=normal --skip-test-db \
		--innodb-log-file-size=8M) >log 2>&1 </dev/null ||
		fail 'mariadb-install-db failed'
	(as mariadbd --no-defaults --datadir="$dir/data" --socket="$dir/socket" \
		--pid-file="$dir/data/pid" --skip-networking --skip-log-bin \
		--character-set-server=utf8mb4 --default-time-zone=+00:00 \
		--innodb-log-file-size=8M --innodb-buffer-pool-size=32M \
		--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 \
		--innodb-stats-persistent=0 --innodb-use-native-aio=0) >>log 2>&1 </dev/null &
	dsn="root@unix($dir/socket)/"
	;;
pgbouncer)
	cat >ini <<-INI
		[databases]
		* = host=$3 port=$4 user=postgres
		[pgbouncer]
		pool_mode = $2
		listen_addr =
		listen_port = 6432
		unix_socket_dir = $dir
		auth_type = any
		ignore_startup_parameters = extra_float_digits
	INI
	[ -z "$user" ] || chown "$user" ini
	(as pgbouncer ini) >log 2>&1 </dev/null &
	dsn="host=$dir port=6432 user=postgres sslmode=disable"
	;;
esac
pid=$!
echo "$pid" >pid

# They say "ready to accept connections", "ready for connections", "process up".
tries=0
until grep -q 'ready .*connections\|process up' log; do
	tries=$((tries + 1))
	kill -0 "$pid" 2>/dev/null || fail "the $kind server ended"
	[ "$tries" -le 600 ] || fail "the $kind server was not ready after a minute"
	sleep 0.1
done
echo "$dsn"

# Nothing is ever written to this pipe; read returns when it is closed.
while read -r _; do :; done
