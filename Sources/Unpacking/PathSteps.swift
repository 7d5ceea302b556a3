extension String {
    /// What stands between the slashes of a path, empty steps included, as the file system sees them.
    ///
    /// By bytes: to Swift a slash and the accent behind it are one character, which is no slash.
    package var pathSteps: [String] {
        utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The steps of a path that are not empty: those of a place in the file system, from the root down.
    package var pathNames: [String] { pathSteps.filter { !$0.isEmpty } }
}
