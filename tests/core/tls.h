/* A scripted server over TLS on loopback that speaks HTTP/2 as far as one small request after the
 * other needs it: for tests of what is lost on a kept connection. Its certificate is its own CA. */
#ifndef RHUB_TESTS_TLS_H
#define RHUB_TESTS_TLS_H

#include "server.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>

typedef struct tls_server tls_server;

typedef struct tls_stream {
  tls_server *server;
  SSL *ssl;
  int fd;
  int nth;         /* request on this connection, from 1 */
  unsigned stream; /* HTTP/2: its number */
} tls_stream;

/* Called with each whole request; returns false to close the connection. */
typedef bool tls_script(tls_stream *stream);

struct tls_server {
  server tcp; /* its sockets, threads and counts */
  SSL_CTX *context;
  tls_script *script;
  void *user;
  bool http2;
  char origin[64], ca_file[64];
};

/* ---- certificates ---- */

static inline void tls_extension(X509 *cert, int nid, const char *value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, cert, cert, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
  X509_add_ext(cert, extension, -1);
  X509_EXTENSION_free(extension);
}

static inline X509 *tls_certificate(EVP_PKEY *key, long from, long until) {
  X509 *cert = X509_new();
  X509_set_version(cert, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert), from);
  X509_gmtime_adj(X509_getm_notAfter(cert), until);
  X509_set_pubkey(cert, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
                             (const unsigned char *)"rhub test", -1, -1, 0);
  X509_set_issuer_name(cert, X509_get_subject_name(cert));
  tls_extension(cert, NID_basic_constraints, "critical,CA:TRUE");
  tls_extension(cert, NID_subject_alt_name, "IP:127.0.0.1");
  X509_sign(cert, key, EVP_sha256());
  return cert;
}

static inline int tls_choose(SSL *ssl, const unsigned char **out, unsigned char *len,
                             const unsigned char *in, unsigned in_len, void *user) {
  (void)ssl;
  static const unsigned char h2[] = "\2h2", h1[] = "\10http/1.1";
  const tls_server *s = user;
  if (SSL_select_next_proto((unsigned char **)out, len, s->http2 ? h2 : h1, s->http2 ? 3 : 9, in,
                            in_len) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  return SSL_TLSEXT_ERR_OK;
}

/* ---- HTTP/2 ---- */

static inline bool tls_read(SSL *ssl, void *out, int len) {
  for (char *p = out; len > 0;) {
    int n = SSL_read(ssl, p, len);
    if (n <= 0) return false;
    p += n;
    len -= n;
  }
  return true;
}

static inline void tls_frame(tls_stream *s, int type, int flags, unsigned stream, const void *data,
                             unsigned len) {
  unsigned char frame[512] = {
      (unsigned char)(len >> 16),    (unsigned char)(len >> 8),    (unsigned char)len,
      (unsigned char)type,           (unsigned char)flags,         (unsigned char)(stream >> 24),
      (unsigned char)(stream >> 16), (unsigned char)(stream >> 8), (unsigned char)stream};
  memcpy(frame + 9, data, len);
  SSL_write(s->ssl, frame, (int)len + 9);
}

enum { H2_DATA, H2_HEADERS, H2_PRIORITY, H2_RST_STREAM, H2_SETTINGS, H2_PUSH, H2_PING, H2_GOAWAY };

/* Reads frames until a request is whole. */
static inline bool tls_h2_request(tls_stream *s) {
  unsigned char head[9], body[16384];
  while (tls_read(s->ssl, head, 9)) {
    int len = head[0] << 16 | head[1] << 8 | head[2];
    if (len > (int)sizeof body || !tls_read(s->ssl, body, len)) return false;
    if (head[3] == H2_SETTINGS && !(head[4] & 1)) tls_frame(s, H2_SETTINGS, 1, 0, "", 0);
    if ((head[3] == H2_DATA || head[3] == H2_HEADERS) && (head[4] & 1)) {
      s->stream = (unsigned)(head[5] & 127) << 24 | (unsigned)head[6] << 16 |
                  (unsigned)head[7] << 8 | head[8];
      return true;
    }
  }
  return false;
}

static inline void tls_reply(tls_stream *s, const char *body) {
  char text[300];
  if (s->server->http2) {
    tls_frame(s, H2_HEADERS, 4, s->stream, "\x88", 1); /* :status 200 */
    tls_frame(s, H2_DATA, 1, s->stream, body, (unsigned)strlen(body));
    return;
  }
  int n = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
                   strlen(body), body);
  SSL_write(s->ssl, text, n);
}

/* ---- HTTP/1 ---- */

/* A header and a body of Content-Length, in any pieces. */
static inline bool tls_h1_request(tls_stream *s) {
  char text[8192];
  size_t have = 0;
  for (;;) {
    int n = SSL_read(s->ssl, text + have, (int)(sizeof text - 1 - have));
    if (n <= 0) return false;
    have += (size_t)n;
    text[have] = '\0';
    char *end = strstr(text, "\r\n\r\n"), *length = strcasestr(text, "content-length:");
    if (end && have >= (size_t)(end + 4 - text) + (length ? strtoul(length + 15, NULL, 10) : 0))
      return true;
  }
}

/* ---- the server ---- */

static inline void tls_serve_ssl(tls_stream *s) {
  char preface[24];
  if (SSL_accept(s->ssl) != 1) return;
  bool on = !s->server->http2 || tls_read(s->ssl, preface, 24);
  if (s->server->http2) tls_frame(s, H2_SETTINGS, 0, 0, "", 0);
  while (on && (s->server->http2 ? tls_h2_request(s) : tls_h1_request(s))) {
    s->nth++;
    atomic_fetch_add(&s->server->tcp.requests, 1);
    on = s->server->script(s);
  }
}

static inline void *tls_serve(void *user) {
  server_connection *c = user;
  tls_stream s = {.server = (tls_server *)c->server, .fd = c->fd};
  sigset_t pipe_signal; /* what is tested is that the client raises none */
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, NULL);
  s.ssl = SSL_new(s.server->context);
  SSL_set_fd(s.ssl, c->fd);
  tls_serve_ssl(&s);
  SSL_free(s.ssl);
  server_forget(c);
  return NULL;
}

static inline void tls_start(tls_server *s, bool http2, tls_script *script, void *user, long from,
                             long until) {
  memset(s, 0, sizeof *s);
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *cert = tls_certificate(key, from, until);
  s->http2 = http2;
  s->script = script;
  s->user = user;
  s->context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate(s->context, cert);
  SSL_CTX_use_PrivateKey(s->context, key);
  SSL_CTX_set_alpn_select_cb(s->context, tls_choose, s);
  strcpy(s->ca_file, "/tmp/rhub-test-ca-XXXXXX");
  FILE *file = fdopen(mkstemp(s->ca_file), "w");
  PEM_write_X509(file, cert);
  fclose(file);
  X509_free(cert);
  EVP_PKEY_free(key);
  server_start_with(&s->tcp, tls_serve);
  snprintf(s->origin, sizeof s->origin, "https://127.0.0.1:%d", s->tcp.port);
}

static inline void tls_stop(tls_server *s) {
  server_stop(&s->tcp);
  SSL_CTX_free(s->context);
  unlink(s->ca_file);
}

#endif
