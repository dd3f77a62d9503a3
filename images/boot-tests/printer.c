/* The printer at the gadget's end of the USB cable: keeps all bytes that come, and answers as a receipt printer that is well (Epson ESC/POS
   command reference: DLE EOT n, at once; GS r n, in order). The image has no program that could. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **words)
{
    unsigned char bytes[4096], last[2] = { 0, 0 };
    int line = count == 3 ? open(words[1], O_RDWR) : -1;
    int paper = count == 3 ? open(words[2], O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
    if (line < 0 || paper < 0) {
        perror("printer DEVICE PAPER");
        return 1;
    }
    for (;;) {
        ssize_t came = read(line, bytes, sizeof bytes);
        if (came < 0) {
            /* Nobody at the other end yet. */
            usleep(100000);
            continue;
        }
        if (write(paper, bytes, came) != came)
            return 1;
        for (ssize_t i = 0; i < came; i++) {
            unsigned char well = last[0] == 0x10 ? 0x12 : 0x00;
            if ((last[0] == 0x10 && last[1] == 0x04) || (last[0] == 0x1D && last[1] == 'r'))
                if (write(line, &well, 1) != 1)
                    perror("answer");
            last[0] = last[1];
            last[1] = bytes[i];
        }
    }
}
