package io.boshcpi.lxd.client.session;

/**
 * Where an upload ended.
 *
 * @param fingerprint of the image
 * @param wasThere true if the server had an image of this content already; its properties are those of that one
 */
public record UploadedImage(String fingerprint, boolean wasThere) {}
