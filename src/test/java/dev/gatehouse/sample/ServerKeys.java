package dev.gatehouse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PKCS12 file with a server's key and certificate chain, and its password. */
final class ServerKeys {
  private final Path keyStore;
  private final String password;

  private ServerKeys(Path keyStore, String password) {
    this.keyStore = keyStore;
    this.password = password;
  }

  static ServerKeys read(Path keyStore, Path passwordFile) throws IOException {
    return new ServerKeys(keyStore, Files.readString(passwordFile).strip());
  }

  Path keyStore() {
    return keyStore;
  }

  String password() {
    return password;
  }
}
