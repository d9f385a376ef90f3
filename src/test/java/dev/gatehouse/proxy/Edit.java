package dev.gatehouse.proxy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.ProxyConfig.Verify;
import dev.gatehouse.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** TLS settings with one part changed. */
record Edit(ProxyConfig.Tls tls) {
  Edit verify(Verify verify) {
    return new Edit(
        new ProxyConfig.Tls(
            verify,
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit caFile(Path file) {
    return new Edit(
        new ProxyConfig.Tls(
            tls.verify(),
            Optional.of(file),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit trustStore(Path file, Optional<Secret> password) {
    return new Edit(
        new ProxyConfig.Tls(
            tls.verify(),
            tls.caFile(),
            Optional.of(file),
            password,
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit keyStore(Path file, Optional<Secret> password) {
    return new Edit(
        new ProxyConfig.Tls(
            tls.verify(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            Optional.of(file),
            password,
            tls.serverName(),
            tls.protocols()));
  }

  Edit serverName(String name) {
    return new Edit(
        new ProxyConfig.Tls(
            tls.verify(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            Optional.of(name),
            tls.protocols()));
  }

  Edit protocols(String... names) {
    return new Edit(
        new ProxyConfig.Tls(
            tls.verify(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            List.of(names)));
  }
}
