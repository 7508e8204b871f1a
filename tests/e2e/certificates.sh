#!/bin/sh
# Makes a small certificate authority of our own and what a test of TLS needs from it.
#   certificates.sh FOLDER    ca.pem, server.pem, server.key, expired.pem (same key), other-ca.pem
set -eu
cd "$1"

key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null ||
  openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
authority() { # NAME SUBJECT
  key "$1.key"
  openssl req -x509 -new -key "$1.key" -subj "/CN=$2" -days 2 -out "$1.pem"
}

cat >ca.cnf <<'CONFIG'
[ca]
default_ca = own
[own]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
CONFIG
: >index.txt
echo 'unique_subject = no' >index.txt.attr

authority ca 'rhub tests'
authority other-ca 'nobody asked'
key server.key
openssl req -new -key server.key -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,DNS:api.rhub.test,IP:127.0.0.1' -out server.csr
sign() { # NAME FROM TO
  openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in server.csr -notext \
    -startdate "$2" -enddate "$3" -out "$1" 2>/dev/null
}
sign server.pem 20200101000000Z 20491231000000Z
sign expired.pem 20200101000000Z 20200201000000Z
