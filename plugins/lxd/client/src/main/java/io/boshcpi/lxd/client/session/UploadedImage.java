package io.boshcpi.lxd.client.session;

/**
 * The result of an upload.
 *
 * @param fingerprint of the image
 * @param wasThere whether the server had an image of this content already, whose properties it keeps
 */
public record UploadedImage(String fingerprint, boolean wasThere) {}
