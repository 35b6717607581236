package io.boshcpi.lxd.fake.model;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import java.util.Map;

/** What an upload says about its image. */
public record ParsedImage(
        String fingerprint,
        long size,
        String type,
        String filename,
        String architecture,
        String createdAt,
        Map<String, String> properties,
        GuestFiles files) {}
