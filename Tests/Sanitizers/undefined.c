// A shift by more bits than there are, for the undefined-behaviour sanitizer to find.
int main(int count, char **arguments) {
    (void)arguments;
    return 1 << (count + 63);
}
