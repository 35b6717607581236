# shellcheck shell=bash
# shellcheck disable=SC2034 # whoever sources this uses what is set here
# What scripts/demo and scripts/test share: talking to people, finding or installing tools, building.
# Sourced, not run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DISTRIBUTION=$ROOT/distribution/target/cpi
WORK=$ROOT/target/scripts

# --- talking ----------------------------------------------------------------------------------------------------


BOLD='' DIM='' RED='' GREEN='' PLAIN=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
fi

heading() { printf '\n%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }

# item LABEL TEXT
item() { printf '  %-16s %s\n' "$1" "$2"; }

# A line that the next item replaces; people only.
pending() { if [ -t 1 ]; then printf '\r\e[K  %-16s %s%s%s' "$1" "$DIM" "$2" "$PLAIN"; fi; }
settled() { if [ -t 1 ]; then printf '\r\e[K'; fi; }

# die TEXT...: one line each.
die() {
  settled
  printf '\n%sNo luck:%s %s\n' "$RED" "$PLAIN" "$1" >&2
  shift
  if [ $# != 0 ]; then printf '  %s\n' "$@" >&2; fi
  exit 1
}

# Milliseconds; the decimal point is the locale's.
now_ms() { local us=${EPOCHREALTIME/[.,]/}; printf '%s' "${us%???}"; }

# since MILLISECONDS: "1.2 s"
since() { local ms=$(($(now_ms) - $1)); printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100)); }

# --- packages ---------------------------------------------------------------------------------------------------

# Whether this script may install packages: it is root on Debian or a relative of it.
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

has_package() { [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) =~ Candidate:\ [^\(] ]]; }

# install LABEL PACKAGE...
install() {
  local label=$1 log=$WORK/apt.log
  shift
  mkdir -p "$WORK"
  pending "$label" "installing $*"
  {
    export DEBIAN_FRONTEND=noninteractive
    [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 -print -quit)" ] ||
      apt-get -q -o DPkg::Lock::Timeout=600 update
    apt-get -y -q -o DPkg::Lock::Timeout=600 install --no-install-recommends "$@"
  } </dev/null >"$log" 2>&1 || { tail -n 5 "$log" >&2; die "apt-get cannot install $*; see $log"; }
  settled
}

# The first of the packages that this machine's sources offer.
first_package() {
  local package
  [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -print -quit)" ] || apt-get -q update >/dev/null 2>&1 || true
  for package; do
    if has_package "$package"; then printf '%s' "$package"; return; fi
  done
  return 1
}

# need COMMAND PACKAGE: installs it or says how.
need() {
  if command -v "$1" >/dev/null; then return; fi
  can_install || die "$1 is missing." "Install it (Debian and Ubuntu: sudo apt-get install $2), or run this as root there."
  install "$1" "$2"
}

# --- JDK and Maven ----------------------------------------------------------------------------------------------

MIN_JAVA=17
MIN_MAVEN=3.8

# The major version of the JDK in a folder; fails if there is no compiler in it.
jdk_version() {
  local text
  [ -x "$1/bin/javac" ] && text=$("$1/bin/javac" -version 2>&1) && [[ $text =~ javac\ ([0-9]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
}

is_new_jdk() { local version; version=$(jdk_version "$1") && [ "$version" -ge $MIN_JAVA ]; }

# JAVA_HOME, the JDK of the PATH, then the usual folders.
find_jdk() {
  local home javac
  javac=$(command -v javac) && javac=$(readlink -f "$javac")
  for home in "${JAVA_HOME:-}" "${javac%/bin/javac}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/current; do
    if [ -n "$home" ] && is_new_jdk "$home"; then printf '%s' "$home"; return; fi
  done
  return 1
}

need_jdk() {
  local package
  if ! JAVA_HOME=$(find_jdk); then
    can_install || die "this needs a JDK (with javac) of version $MIN_JAVA or newer; there is none in JAVA_HOME, PATH and /usr/lib/jvm." \
      "Debian, Ubuntu:  sudo apt-get install openjdk-17-jdk-headless" \
      "Fedora:          sudo dnf install java-21-openjdk-devel" \
      "elsewhere:       any JDK, with JAVA_HOME pointing at it"
    package=$(first_package openjdk-17-jdk-headless openjdk-21-jdk-headless openjdk-25-jdk-headless default-jdk-headless) ||
      die "this machine's package sources offer no JDK of version $MIN_JAVA or newer."
    install Java "$package"
    JAVA_HOME=$(find_jdk) || die "$package is installed, but holds no JDK of version $MIN_JAVA or newer."
  fi
  export JAVA_HOME
  item Java "$(jdk_version "$JAVA_HOME"), in $JAVA_HOME"
}

maven_version() {
  local text
  text=$(mvn -v 2>/dev/null) && [[ $text =~ Apache\ Maven\ ([0-9.]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
}

need_maven() {
  local version
  if ! command -v mvn >/dev/null; then
    can_install || die "this needs Maven $MIN_MAVEN or newer." \
      "Debian, Ubuntu:  sudo apt-get install maven" "Fedora:          sudo dnf install maven" "elsewhere:       unpack Maven and put its bin into PATH"
    install Maven maven
  fi
  version=$(maven_version) || die "mvn -v fails:" "$(mvn -v 2>&1 | tail -n 1)"
  [ "$(printf '%s\n' $MIN_MAVEN "$version" | sort -V | head -n 1)" = $MIN_MAVEN ] ||
    die "this needs Maven $MIN_MAVEN or newer; $(command -v mvn) is $version." "Unpack a newer one and put its bin first in PATH."
  item Maven "$version, $(command -v mvn)"
}

# --- building ---------------------------------------------------------------------------------------------------

# They make a shaky network a delay and not a failure; Maven's versions call the setting by different names.
MAVEN_RETRIES=(-Dmaven.wagon.http.retryHandler.count=5 -Daether.connector.http.retryHandler.count=5)

# Whether the distribution is newer than everything that it is made of.
is_built() {
  [ -x "$DISTRIBUTION/bin/cpi" ] &&
    [ -z "$(find "$ROOT"/pom.xml "$ROOT"/cpi-plugin-api "$ROOT"/cpi-core "$ROOT"/distribution "$ROOT"/plugins -newer "$WORK/built" \
      -not -path '*/target*' -not -path '*/src/test/*' -not -name 'javac.*.args' -type f -print -quit 2>&1)" ]
}

# Shows what Maven is at, out of its output on stdin.
follow_build() {
  local line module='' downloads=0
  while IFS= read -r line; do
    case $line in
      *'] Building '*' ['*']')
        module=${line#*Building }
        module="${module%% [0-9]*.*} ${module##* }"
        [ -t 1 ] || item '' "$module"
        ;;
      'Downloaded from '* | *'] Downloaded from '*)
        downloads=$((downloads + 1))
        [ $((downloads % 10)) = 0 ] || continue
        ;;
      *) continue ;;
    esac
    pending Distribution "building $module$([ $downloads = 0 ] || printf ', %d files downloaded' $downloads)"
  done
  settled
}

build() {
  local log=$WORK/build.log start
  start=$(now_ms)
  mkdir -p "$WORK"
  if is_built; then item Distribution "$DISTRIBUTION (up to date)"; return; fi
  [ -t 1 ] || item Distribution 'building; the first time this takes some minutes'
  touch "$WORK/building"
  (cd "$ROOT" && mvn -B "${MAVEN_RETRIES[@]}" -DskipTests package) </dev/null 2>&1 | tee "$log" | follow_build ||
    { grep -E '^\[ERROR\]' "$log" | head -n 20 >&2; die "the build fails; all of its output is in $log"; }
  mv "$WORK/building" "$WORK/built"
  item Distribution "$DISTRIBUTION (built in $(since "$start"))"
}
