import ArgumentParser

/// How commands take audio files.
enum AudioFiles {
    static let help = ArgumentHelp(
        "Audio files, folders, quoted patterns, or - for standard input.", valueName: "audio")

    static let discussion = """
        A folder stands for every audio file in it, at any depth and sorted; hidden files are left out. A quoted pattern \
        such as 'takes/*.wav' stands for what it matches, - for audio on standard input in any format that files have. A \
        clip of more than a minute is heard in windows of 30 s, the last of 30 to 60 s, whose mean counts; an hour takes no \
        more memory than two minutes.
        """
}
