# shellcheck shell=sh disable=SC2154
# Sourced by bin/cpi-cold in the distribution's folder, with Java in $java. bin/cpi-prepare says what it does.

# shellcheck source=distribution/src/main/home/lib/archive.sh
. lib/archive.sh

# Makes bin/cpi: the launcher if it compiles and runs, else the script. Without a compiler, a launcher that came with the
# distribution is kept if it runs.
make_launcher() {
    for linking in -static ''; do
        rm -f bin/cpi.new
        if cc -O2 $linking -o bin/cpi.new lib/cpi.c 2>/dev/null && [ "$(bin/cpi.new --protocol)" = BOSHCPI2 ]; then
            mv -f bin/cpi.new bin/cpi
            return
        fi
    done
    rm -f bin/cpi.new
    cmp -s bin/cpi bin/cpi-cold || [ "$(bin/cpi --protocol 2>/dev/null)" != BOSHCPI2 ] || return 0
    cp bin/cpi-cold bin/cpi.new
    mv -f bin/cpi.new bin/cpi
    echo "cpi-prepare: no C compiler that works, so each call runs in a process of its own" >&2
}

# Makes lib/cpi.jsa, by making every call of lib/training, and then lib/cpi.jsa.sum: checksum and size of it and of the
# jars, with the same time of change. An archive without the second file is not used.
make_archive() {
    rm -f lib/cpi.jsa lib/cpi.jsa.*
    read_class_path
    set_times
    "$java" -Dslf4j.internal.verbosity=ERROR -cp 'lib/*' io.boshcpi.distribution.training.Training lib/training \
        "$java" @lib/java.options @lib/class-path -XX:ArchiveClassesAtExit=lib/cpi.jsa.new \
        io.boshcpi.core.cli.Rehearsal 2>lib/cpi.jsa.log || return
    archive_sums lib/cpi.jsa.new >lib/cpi.jsa.sum.new || return
    touch -r lib/cpi.jsa.new lib/cpi.jsa.sum.new
    mv -f lib/cpi.jsa.new lib/cpi.jsa
    mv -f lib/cpi.jsa.sum.new lib/cpi.jsa.sum
    rm -f lib/cpi.jsa.log
}

rm -f lib/java.known
follow "$java"
printf '%s\n' "$real" >lib/java.known
make_launcher
if ! make_archive; then
    cat lib/cpi.jsa.log >&2
    rm -f lib/cpi.jsa lib/cpi.jsa.*
    echo "cpi-prepare: the archive of classes could not be made, so calls without a resident host take longer" >&2
    exit 1
fi
