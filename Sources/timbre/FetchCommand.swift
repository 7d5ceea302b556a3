import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre fetch`.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Download RAVDESS or an encoder, check it, and put it into its place.",
        discussion: """
            ravdess is unpacked into corpora/ravdess of the cache, its licence said first; wav2vec2-base and hubert-base go \
            into encoders/. Size and digest are checked: those of ravdess and wav2vec2-base are known to Timbre, hubert-base's \
            are what the Hugging Face hub says. A download that is broken off or interrupted is gone on with by the next run. \
            What is there is left as it is, and an encoder in the Hugging Face cache is used there. What was downloaded by \
            hand may be put into downloads/NAME of the cache.

            http_proxy, https_proxy, all_proxy and no_proxy are heeded; HF_ENDPOINT, HF_TOKEN, HF_HOME and HF_HUB_CACHE as by \
            other programs; TIMBRE_RAVDESS_URL names another place of the same archive. Exits with 69 where a server cannot \
            be reached, and with 65 where what comes is not what is expected.
            """)

    /// What can be fetched.
    enum Item: ExpressibleByArgument, CaseIterable {
        case ravdess
        case encoder(HubEncoder)

        static var allCases: [Item] { [.ravdess] + HubEncoder.all.map(Item.encoder) }

        init?(argument: String) {
            guard let item = Self.allCases.first(where: { $0.name == argument }) else { return nil }
            self = item
        }

        var name: String {
            switch self {
            case .ravdess: RavdessFetch.name
            case .encoder(let encoder): encoder.name
            }
        }

        static var allValueStrings: [String] { allCases.map(\.name) }
        var defaultValueDescription: String { name }
    }

    @Argument(help: ArgumentHelp("ravdess, wav2vec2-base or hubert-base.", valueName: "name"))
    var item: Item

    @Option(help: ArgumentHelp("With ravdess: the archive, downloaded by hand.", valueName: "file.zip"))
    var from: String?

    @Flag(help: "Say whether it is there, download nothing; exits with 66 where it is not.")
    var check = false

    @Option(help: ArgumentHelp("Where corpora and encoders are kept.", valueName: "dir"))
    var cache = "cache"

    func validate() throws {
        guard from == nil || (item.name == RavdessFetch.name && !check) else {
            throw ValidationError("--from goes with ravdess, and without --check")
        }
    }

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let (cache, console) = (URL(fileURLWithPath: cache), Console.standardError)
        switch item {
        case .ravdess:
            let fetch = RavdessFetch(cache: cache, environment: environment, console: console)
            try StandardOutput.line(check ? fetch.found() : fetch.run(from: from.map { URL(fileURLWithPath: $0) }))
        case .encoder(let encoder):
            let fetch = EncoderFetch(encoder, cache: cache, environment: environment, console: console)
            try StandardOutput.line(check ? fetch.found() : fetch.run())
        }
    }
}
