# TAP for shell checks: . tests/tap.sh; is NAME COMMAND ...; done_testing
tests=0

# One test: passes when the command succeeds and prints nothing; what it prints is shown otherwise.
quiet() {
  name=$1
  shift
  tests=$((tests + 1))
  if output=$("$@" 2>&1) && [ -z "$output" ]; then
    echo "ok $tests - $name"
  else
    echo "not ok $tests - $name"
    printf '%s\n' "$output" | sed 's/^/# /'
  fi
}

# One test: passes when the command succeeds, whatever it prints.
works() {
  name=$1
  shift
  tests=$((tests + 1))
  if output=$("$@" 2>&1); then
    echo "ok $tests - $name"
  else
    echo "not ok $tests - $name"
    printf '%s\n' "$output" | tail -n 40 | sed 's/^/# /'
  fi
}

# One test: both texts are the same.
same() {
  tests=$((tests + 1))
  if [ "$2" = "$3" ]; then
    echo "ok $tests - $1"
  else
    echo "not ok $tests - $1"
    printf 'expected: %s\n     got: %s\n' "$3" "$2" | sed 's/^/# /'
  fi
}

done_testing() { echo "1..$tests"; }
