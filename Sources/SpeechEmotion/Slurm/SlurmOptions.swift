/// What a user asks of Slurm, checked: all of it goes into lines that Slurm's programs read as options.
public struct SlurmOptions: Sendable, Equatable {
    /// How many tasks embed.
    public let array: Int
    /// How many tasks train; nil leaves the heads to the last job.
    public let trainArray: Int?
    /// Where the jobs go; nil leaves that to Slurm.
    public let partition: String?
    /// How long a job may take, as Slurm writes it; nil leaves that to Slurm.
    public let time: String?
    /// Processors, and so workers, of a task.
    public let processors: Int
    /// The memory of a task, as Slurm writes it; nil follows ``TaskMemory``.
    public let memory: String?

    /// Checks what was typed.
    ///
    /// - throws: ``SlurmError/option(name:found:expected:)``.
    public init(
        array: Int, trainArray: Int? = nil, partition: String? = nil, time: String? = nil, processors: Int = 2,
        memory: String? = nil
    ) throws {
        for (name, count) in [("--array", array), ("--train-array", trainArray ?? 1)] {
            try Self.require((1...Shard.most).contains(count), name, "\(count)", "a number from 1 to \(Shard.most)")
        }
        try Self.require(
            (1...1_024).contains(processors), "--cpus-per-task", "\(processors)", "a number from 1 to 1024")
        // Letters of ASCII alone: `[a-z]` of a regular expression would let others through.
        try Self.require(
            partition.map { Self.isName($0) } ?? true, "--partition", partition ?? "",
            "names of partitions, with commas between them: letters, digits, hyphens, dots and underscores")
        try Self.require(
            time?.wholeMatch(of: /([0-9]{1,5}-)?[0-9]{1,6}(:[0-9]{1,2}){0,2}/) != nil || time == nil, "--time",
            time ?? "",
            "minutes, hours:minutes:seconds or days-hours, such as 90, 2:00:00 or 1-12")
        try Self.require(
            memory?.wholeMatch(of: /[0-9]{1,9}[KMGT]?/) != nil || memory == nil, "--mem", memory ?? "",
            "a number with K, M, G or T behind it, such as 4G")
        (self.array, self.trainArray, self.processors) = (array, trainArray, processors)
        (self.partition, self.time, self.memory) = (partition, time, memory)
    }

    private static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32) || "0123456789-._,".utf8.contains(byte)
        }
        return isPlain && !text.isEmpty && text.utf8.count <= 256 && !"-,".contains(text.prefix(1))
    }

    private static func require(_ holds: Bool, _ name: String, _ found: String, _ expected: String) throws {
        guard holds else { throw SlurmError.option(name: name, found: found, expected: expected) }
    }
}
