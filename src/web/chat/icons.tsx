import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

export const CameraIcon = () => (
  <Icon>
    <path d="M4 8h3l1.600-2.500h6.800L17 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Z" />
    <circle cx="12" cy="13" r="3.500" />
  </Icon>
);

export const FileIcon = () => (
  <Icon>
    <path d="m20 11.500-7.800 7.800a5 5 0 0 1-7.100-7.100l8.200-8.200a3.300 3.300 0 0 1 4.700 4.700l-8.100 8.100a1.700 1.700 0 0 1-2.400-2.400l7.300-7.300" />
  </Icon>
);

export const SendIcon = () => (
  <Icon>
    <path d="M4 12 20 4.500 15.500 20 11.500 13.500 4 12Zm7.500 1.500L20 4.500" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <path d="M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15a1.500 1.500 0 0 1-1.500 1.500H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3Zm3 15h2" />
  </Icon>
);

export const BellIcon = () => (
  <Icon>
    <path d="M6 16V11a6 6 0 0 1 12 0v5l1.500 2H4.500L6 16Zm4 4.500a2.200 2.200 0 0 0 4 0" />
  </Icon>
);

export const ArrowIcon = () => (
  <Icon>
    <path d="M12 5v14m-6-6 6 6 6-6" />
  </Icon>
);

export const CrossIcon = () => (
  <Icon>
    <path d="m7 7 10 10M17 7 7 17" />
  </Icon>
);
