# shellcheck shell=sh
# Sourced in the distribution's folder: what the archive of classes depends on. The JVM uses an archive only while the
# jars have the size and the time of change that they had when it was made, and copying a folder may change the times. So
# the jars get one fixed time before the archive is made, and once more in a copy, if its content is the same.

# Sets $jars to the class path.
read_class_path() {
    read -r _ jars <lib/class-path
}

# Writes checksum and size of the archive $1, and of the jars.
archive_sums() {
    cksum <"$1" || return
    (
        IFS=:
        # shellcheck disable=SC2086 # The class path is split at its colons.
        cksum $jars
    )
}

# Gives the jars the time that the archive was made with.
set_times() {
    (
        IFS=:
        # shellcheck disable=SC2086
        TZ=UTC0 touch -t 202601010000.00 $jars 2>/dev/null
    )
}

# Gives a copy of the archive its times back, if it and the jars are what cpi-prepare left. Fails if they are not, which is
# noted, so that the next call need not look again; or if the folder is another user's.
adopt_archive() {
    # shellcheck disable=SC3013 # every sh has -nt
    ! [ lib/cpi.jsa.unfit -nt lib/cpi.jsa ] || return 1
    touch -c -r lib/cpi.jsa.sum lib/cpi.jsa.sum 2>/dev/null || return 1
    read_class_path
    if [ "$(archive_sums lib/cpi.jsa 2>/dev/null)" = "$(cat lib/cpi.jsa.sum)" ]; then
        set_times && touch -r lib/cpi.jsa lib/cpi.jsa.sum
    else
        : >lib/cpi.jsa.unfit
        return 1
    fi
}
